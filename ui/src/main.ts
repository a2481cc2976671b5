import '@fontsource-variable/inter/opsz.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { connect } from './lib/host';
import { Workbench } from './lib/stores/workbench.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

const bench = new Workbench(await connect());
mount(App, { target, props: { bench } });
await bench.begin();
